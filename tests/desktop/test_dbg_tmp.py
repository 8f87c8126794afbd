from tests.desktop.test_units_page import *
from tests.desktop.test_units_page import _fixed_today
def test_dbg(page, frame):
    made = register(page)
    fill(made, {"found_jobs": "-1"})
    e=made.form.editor("found_jobs")
    app=QApplication.instance()
    app.focusChanged.connect(lambda a,b: print("  fc", a and a.accessibleName(), "->", b and b.accessibleName()))
    o=made.form.complain
    def c(v,go=False):
        print("complain", [x.field for x in v], go); o(v,go=go); print("done", QApplication.focusWidget().accessibleName())
    made.form.complain=c
    w=e.inner
    def c(v,go=False):
        o(v,go=go); print([ (x.field,x.warning) for x in v], w.isEnabled(), w.isVisible(), w.isActiveWindow(), w.window(), QApplication.activeWindow(), w.focusProxy(), e.focusProxy() is w); w.setFocus(); print(QApplication.focusWidget() is w, w.hasFocus())
    made.form.complain=c
    save(page)
