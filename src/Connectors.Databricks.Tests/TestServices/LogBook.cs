using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Keeps every line that is logged, in order.</summary>
internal sealed class LogBook : ILoggerFactory, ILogger
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];
    private readonly List<string> _states = [];

    /// <summary>What a structured log keeps of each line besides its text: every value by name, and the exception whole.</summary>
    public IReadOnlyList<string> States
    {
        get
        {
            lock (_lines)
            {
                return [.. _states];
            }
        }
    }

    /// <summary>Lines above Debug: what an operator sees.</summary>
    public IEnumerable<string> Shown => Lines.Where(line => line.Level > LogLevel.Debug).Select(line => $"{line.Level}: {line.Text}");

    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((logLevel, formatter(state, exception)));
            _states.AddRange((state as IEnumerable<KeyValuePair<string, object?>> ?? []).Select(pair => $"{pair.Key}={pair.Value}"));
            _states.Add(exception?.ToString() ?? string.Empty);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
