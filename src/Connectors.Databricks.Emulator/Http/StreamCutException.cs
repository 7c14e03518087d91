namespace Connectors.Databricks.Emulator.Http;

/// <summary>
/// Aborts a started response. Kestrel then sends what was flushed and closes the connection without the last
/// chunk; <c>HttpContext.Abort</c> would discard data that the socket has not sent.
/// </summary>
internal sealed class StreamCutException() : Exception("The emulator aborts this response as configured.");
