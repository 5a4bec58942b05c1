/// The module's version of the package.
enum TimelineModule {}
