/// A Python exception on its way up.
///
/// It carries nothing: the exception object waits in the machine (`machine.raised`), as CPython keeps
/// it in the thread state, because a Swift error must be `Sendable` and a Python object is not.
struct PythonError: Error {}
