// Before the first paint: the look a person chose on this device. Without a choice the system's look is used.
try {
  var look = localStorage.getItem('carillon.look');
  if (look === 'light' || look === 'dark') document.documentElement.dataset.look = look;
} catch (_) {
  // Storage is closed to us: the system's look it is.
}
