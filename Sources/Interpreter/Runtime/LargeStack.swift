#if canImport(Glibc)
import Glibc
#endif

/// A thread with room for deep recursion, on which scripts run and their values are released.
enum LargeStack {
  /// Address space, of which the system provides only what is touched.
  private static let size = 512 << 20

  /// Runs `body` on a thread of its own and waits for it; on the present one where there is no such thread.
  static func run(_ body: () -> Void) {
    withoutActuallyEscaping(body) { body in
      let work = Work(body)
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, size)
      var thread = pthread_t()
      let failure = pthread_create(
        &thread,
        &attributes,
        { argument in
          guard let argument else { return nil }
          Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().body()
          return nil
        },
        Unmanaged.passUnretained(work).toOpaque()
      )
      if failure == 0 {
        pthread_join(thread, nil)
      } else {
        body()
      }
      withExtendedLifetime(work) {}
    }
  }

  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
      self.body = body
    }
  }
}
