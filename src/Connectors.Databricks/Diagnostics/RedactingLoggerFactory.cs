using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Diagnostics;

/// <summary>Creates <see cref="RedactingLogger"/>s, for libraries that take a factory.</summary>
internal sealed class RedactingLoggerFactory(ILoggerFactory factory, Redaction redaction) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => RedactingLogger.Create(factory, categoryName, redaction);

    public void AddProvider(ILoggerProvider provider) => factory.AddProvider(provider);

    /// <summary>Does nothing: the factory belongs to the app.</summary>
    public void Dispose()
    {
    }
}
