namespace Connectors.Databricks.Emulator.Http;

/// <summary>
/// Leaves a started answer unfinished. Kestrel then sends what was flushed and closes the connection without the last
/// chunk; <c>HttpContext.Abort</c> would throw away what the socket has not taken yet.
/// </summary>
internal sealed class StreamCutException() : Exception("The emulator cut this answer as it was told to.");
