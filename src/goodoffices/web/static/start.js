// The one-time sign stands in the address's fragment, which no server sees; the form sends it.
// A fragment pasted into the tab that shows this form loads nothing anew: hence the listener.
const enter = () => {
  const sign = location.hash.slice(1);
  if (!sign) return;
  history.replaceState(null, "", location.pathname + location.search);
  document.getElementById("token").value = sign;
  document.getElementById("enter").submit();
};
addEventListener("hashchange", enter);
enter();
