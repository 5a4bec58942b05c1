/// The memory of one or more tensors: base, views, detached aliases, `.data`.
///
/// Beside the version counter, which is PyTorch's and which `.data` evades, a storage counts every write
/// through whatever alias.
public final class Storage {
  /// The number in order of creation, from 1.
  public let id: Int

  /// The bytes, shared with recorded moments until written.
  public internal(set) var buffer: Buffer

  /// How often the bytes were written since creation, through whatever alias.
  public internal(set) var writes = 0

  /// A slot for an observer: its note on this storage, which dies with it.
  public var note: AnyObject?

  let account: MemoryAccount

  init(id: Int, buffer: Buffer, account: MemoryAccount) {
    self.id = id
    self.buffer = buffer
    self.account = account
    account.bytes &+= MemoryAccount.overhead &+ buffer.byteCount
  }

  deinit {
    account.bytes &-= MemoryAccount.overhead &+ buffer.byteCount
  }
}

extension Storage {
  /// Number of bytes.
  public var byteCount: Int { buffer.byteCount }

  /// Puts other bytes in place of the present ones, as a growing `resize_` does.
  func replace(buffer new: Buffer) {
    account.bytes &+= new.byteCount &- buffer.byteCount
    buffer = new
  }
}

/// The memory that the storages of a session hold.
public final class MemoryAccount {
  /// Bytes counted for a tensor beside its elements.
  static let overhead = 256

  /// Bytes held by living storages.
  public internal(set) var bytes = 0

  /// The most bytes that may be held; more is an error of kind ``AutogradError/Kind/memory``.
  public var limit = Int.max

  init() {}
}
