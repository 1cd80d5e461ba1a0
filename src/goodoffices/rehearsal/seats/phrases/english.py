"""English frames: sentences in the spirit of delegations and offices, invented for exercises; nobody is quoted.

By situation and tone. A frame stands before or after the points of a paper; it adds no substance of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

FRAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "acknowledge": {
        "warm": (
            "Your paper reached us in good time.",
            "Many thanks; it is being read now.",
            "It helps that you wrote this down.",
        ),
        "plain": ("We have your paper.", "Received and being studied.", "This has come to us complete."),
        "formal": (
            "The delegation confirms receipt of the communication.",
            "Receipt is noted, without prejudice.",
            "The text has been laid before the delegation.",
        ),
        "cool": ("It has arrived.", "Noted, and no more than noted.", "We saw it an hour after others did."),
    },
    "offer": {
        "warm": (
            "Here is something we can give.",
            "We have found some room of our own.",
            "Take this as meant to help.",
        ),
        "plain": ("We put this forward.", "A step from our side.", "This is what we can do today."),
        "formal": (
            "The delegation is in a position to state the following.",
            "With authority from our capital we add this.",
            "The following is placed on record as an offer.",
        ),
        "cool": (
            "One step; the next is yours.",
            "Do not read more into it than it says.",
            "This costs us, and we expect it to count.",
        ),
    },
    "ask": {
        "warm": (
            "We would be glad of an answer on these.",
            "Please look kindly at what follows.",
            "These matter most to our people.",
        ),
        "plain": ("This is what we want.", "Our wishes, in order.", "We raise these now."),
        "formal": (
            "The delegation submits its position below.",
            "On instruction we request consideration of these points.",
            "The positions set out here are those of the delegation.",
        ),
        "cool": (
            "We have said this before; here it is in writing.",
            "These points do not go away.",
            "Nothing moves while these stay open.",
        ),
    },
    "clear": {
        "warm": (
            "You may pass this on with our thanks.",
            "Carry it across as you think best.",
            "Do share it where it does good.",
        ),
        "plain": ("You may tell them this.", "This one may travel.", "Cleared, in the form we marked."),
        "formal": (
            "Transmission is authorised as indicated.",
            "The delegation consents to this being conveyed.",
            "Conveyance is permitted to the seats named only.",
        ),
        "cool": (
            "Tell it, and tell it straight.",
            "Pass it on, but not a word beside it.",
            "It goes to those named and stops there.",
        ),
    },
    "accept": {
        "warm": ("Yes, gladly.", "On this we meet you.", "We are with you here."),
        "plain": ("We can live with this.", "Agreed on our side.", "That works for us."),
        "formal": (
            "The delegation has no further objection here.",
            "Concurrence is expressed on what follows.",
            "This may be recorded as accepted by us.",
        ),
        "cool": ("Very well.", "It is less than we wanted, and we take it.", "Accepted; now let it be written."),
    },
    "accept-if": {
        "warm": (
            "We would say yes together with one thing.",
            "Half the road is ours; here is the other half.",
            "This becomes easy with the second point.",
        ),
        "plain": ("Yes, with a condition.", "We can, if the other part holds.", "One goes with the other."),
        "formal": (
            "Acceptance is linked to the element stated.",
            "The two elements form one position of the delegation.",
            "Our consent depends on the condition attached.",
        ),
        "cool": ("Both or neither.", "Drop the condition and the answer is no.", "Read to the end before you reply."),
    },
    "refuse": {
        "warm": (
            "We are sorry, this one we cannot do.",
            "You will understand why we stop here.",
            "Let us look for another way round.",
        ),
        "plain": ("This we cannot take.", "No, on this point.", "Here our room ends."),
        "formal": (
            "The delegation is not able to join this.",
            "Instructions do not permit acceptance.",
            "Objection is entered to what follows.",
        ),
        "cool": (
            "We will not be asked again, we hope.",
            "There is nothing to discuss in it.",
            "The answer has not changed since noon.",
        ),
    },
    "counter": {
        "warm": (
            "Could it be this way instead?",
            "We tried to find words for both.",
            "Near to yours, and nearer to possible.",
        ),
        "plain": ("We would write it differently.", "Another version of the same.", "Our answer is this."),
        "formal": (
            "The delegation proposes alternative language.",
            "In its place we would see this.",
            "A different option is respectfully preferred.",
        ),
        "cool": ("Not that. This.", "Yours leaves out too much.", "Begin again from here."),
    },
    "idea": {
        "warm": ("A thought that belongs to nobody.", "May I try something on you?", "I wonder about a middle way."),
        "plain": (
            "What if it went like this?",
            "Only an idea, on no paper but this.",
            "Suppose for a moment it said this.",
        ),
        "formal": (
            "This office offers a possibility, without commitment.",
            "For reflection only, and attributable to no side.",
            "An option is outlined here in our own name.",
        ),
        "cool": (
            "If nothing else moves, consider this.",
            "Somebody has to say it first.",
            "It is on the table because nothing else is.",
        ),
    },
    "read-back": {
        "warm": (
            "Let us make sure we heard you well.",
            "In our words, so that none is lost.",
            "Have we understood you right?",
        ),
        "plain": ("This is what we heard.", "We read it back.", "Heard as follows."),
        "formal": (
            "For the avoidance of error we repeat the content.",
            "The message is restated here for confirmation.",
            "Confirmation is sought of what was conveyed.",
        ),
        "cool": (
            "We were told this. Is it so?",
            "Two accounts reached us; here is yours.",
            "Say yes or no to each word.",
        ),
    },
    "confirm": {
        "warm": ("That is it exactly.", "You heard it well.", "Just so, and thank you."),
        "plain": ("Correct.", "Yes, that was said.", "It was so."),
        "formal": ("The restatement is confirmed.", "Your account agrees with the original.", "Confirmed as conveyed."),
        "cool": ("As we said.", "Yes. It was clear the first time.", "Nothing to add or take away."),
    },
    "correct": {
        "warm": ("Nearly; one thing slipped.", "Almost ours, with this put right.", "A small repair, if we may."),
        "plain": ("This is what we wrote.", "Something is missing in yours.", "Please use these words."),
        "formal": (
            "The wording is returned with a correction.",
            "The delegation asks that its own terms stand.",
            "The original formulation is restored below.",
        ),
        "cool": (
            "That is not what we said.",
            "Our words were chosen; use them.",
            "A condition does not fall out by itself.",
        ),
    },
    "chase": {
        "warm": (
            "Has our paper found its reader yet?",
            "A gentle question about this morning's sheet.",
            "We hope it did not get lost.",
        ),
        "plain": ("Was it told?", "We still wait for news.", "Where is our paper now?"),
        "formal": (
            "The delegation enquires about the transmission.",
            "Information is requested on what became of the paper.",
            "No report of delivery has come to hand.",
        ),
        "cool": (
            "The hour is passing, and nothing was carried.",
            "We handed it over for a reason.",
            "Silence is also an answer, they say.",
        ),
    },
    "late": {
        "warm": ("Forgive the delay.", "It took longer than we wished.", "Slow, but here it is."),
        "plain": ("This comes late.", "We needed the time.", "Later than promised."),
        "formal": (
            "The delay is regretted.",
            "Consultations took more time than foreseen.",
            "The reply follows after consultations.",
        ),
        "cool": ("You waited; so did we.", "It is ready when it is ready.", "Haste was not ours to offer."),
    },
    "unequal": {
        "warm": (
            "We would like to read what the others read.",
            "May the same sheet come to all of us?",
            "Surely an oversight: our copy is missing.",
        ),
        "plain": ("Others had it first.", "We have no copy of that.", "One clause was quoted that we never saw."),
        "formal": (
            "Equal distribution is requested.",
            "The delegation cannot comment on what it has not received.",
            "A text known to some is a text unknown to all.",
        ),
        "cool": (
            "So there is a first row and a second.",
            "Strange to be quoted from an unseen page.",
            "Send it, or take it off the table.",
        ),
    },
    "leak": {
        "warm": (
            "Let us both look into how this got out.",
            "It hurts us as much as you.",
            "We would rather have heard it from you.",
        ),
        "plain": ("Our words are in the press.", "Somebody printed this.", "Few had those words."),
        "formal": (
            "Disclosure of a confidential paper is noted with concern.",
            "The wording published was shown to few.",
            "The delegation reserves what follows from the disclosure.",
        ),
        "cool": ("We count those who held it on one hand.", "The comma in it names the source.", "Now we write less."),
    },
    "boycott": {
        "warm": (
            "With regret we keep to our rooms.",
            "We will come once one thing is put right.",
            "This pains us more than it shows.",
        ),
        "plain": ("We do not attend.", "Our chairs stay empty for now.", "We stay out until this is met."),
        "formal": (
            "The delegation suspends its attendance on one ground.",
            "Participation is withheld pending the matter stated.",
            "Attendance will resume upon satisfaction of the following.",
        ),
        "cool": ("Talk without us, then.", "You know what it takes.", "An empty seat speaks too."),
    },
    "return": {
        "warm": ("Thank you; we are with you again.", "It is good to be back.", "The matter is settled and we return."),
        "plain": ("We are back.", "Our ground was met.", "We take our places."),
        "formal": (
            "The delegation resumes its participation.",
            "The ground stated has been satisfied.",
            "Attendance resumes with immediate effect.",
        ),
        "cool": ("We come back, and we remember.", "Once was enough.", "Let us not need this again."),
    },
    "ledger": {
        "warm": (
            "We looked into it with care.",
            "Thank you for place and hour; they helped.",
            "Here is what our people found.",
        ),
        "plain": ("Our ledger says this.", "Alleged, and looked at.", "We answer for our own book only."),
        "formal": (
            "The entry has been examined.",
            "This reply concerns one ledger and no other.",
            "No inference should be drawn for other entries.",
        ),
        "cool": ("Give a place, or do not ask.", "Each book keeps its own count.", "Two numbers stay two."),
    },
    "title": {
        "warm": (
            "Let the heading say who speaks.",
            "A true title spares us a quarrel.",
            "One line on the cover matters here.",
        ),
        "plain": ("It is about us, not by us.", "Name those who issue it.", "The title should be right."),
        "formal": (
            "The title is to reflect the issuers alone.",
            "The delegation is not an author of the text.",
            "Its heading should state in whose name it is made.",
        ),
        "cool": (
            "Do not put our name above your words.",
            "We read the cover first.",
            "Others wrote it; let others own it.",
        ),
    },
}
