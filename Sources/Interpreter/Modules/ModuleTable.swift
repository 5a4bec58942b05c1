/// A module that can be imported, as one row of a table.
struct ModuleRow: Sendable {
  /// The dotted name.
  let name: String
  /// Makes the module when it is first imported.
  let make: @Sendable (Machine) throws(PythonError) -> ModuleObject
}

extension Machine {
  /// The modules that scripts can import.
  static let moduleRows: [ModuleRow] =
    [
      ModuleRow(name: "warnings", make: WarningsModule.make),
      CollectionsModule.row,
      CopyModule.row,
      FunctoolsModule.row,
      GarbageModule.row,
      ItertoolsModule.row,
      LibraryModules.support,
      MathModule.row,
      OperatorModule.row,
      RandomModule.row,
      SysModule.row,
      TimeModule.row,
      WeakReferenceModule.row,
      SysModule.future,
    ] + LibraryModules.rows + Torch.moduleRows
}
