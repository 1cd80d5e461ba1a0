// The one-time sign stands in the address's fragment, which no server sees; the form sends it.
const sign = location.hash.slice(1);
if (sign) {
  history.replaceState(null, "", location.pathname + location.search);
  document.getElementById("token").value = sign;
  document.getElementById("enter").submit();
}
