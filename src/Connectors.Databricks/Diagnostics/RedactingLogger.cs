using System.Collections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// The logger that every log method of the connector writes to: messages and values leave without secrets and on a single line. An entry
/// that is filtered out costs nothing.
/// </summary>
internal sealed class RedactingLogger : ILogger
{
    private readonly ILogger _logger;
    private readonly Redaction _redaction;

    private RedactingLogger(ILogger logger, Redaction redaction)
    {
        _logger = logger;
        _redaction = redaction;
    }

    public static ILogger Create(ILoggerFactory factory, string category, Redaction redaction) =>
        Over(factory.CreateLogger(category), redaction);

    public static ILogger Over(ILogger logger, Redaction redaction) =>
        logger is NullLogger ? logger : new RedactingLogger(logger, redaction);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _logger.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_logger.IsEnabled(logLevel))
        {
            var entry = new Entry(Clean(formatter(state, exception)), Values(state as IReadOnlyList<KeyValuePair<string, object?>> ?? []));
            _logger.Log(logLevel, eventId, entry, _redaction.Redact(exception), static (entry, _) => entry.ToString());
        }
    }

    private KeyValuePair<string, object?>[] Values(IReadOnlyList<KeyValuePair<string, object?>> state)
    {
        var values = new KeyValuePair<string, object?>[state.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new(state[i].Key, state[i].Value switch
            {
                null => null,
                string text => Clean(text),
                IFormattable { } and ValueType value => value,
                bool flag => flag,
                var value => Clean(value.ToString() ?? string.Empty),
            });
        }

        return values;
    }

    private string Clean(string text) => SingleLineText.Of(_redaction.Redact(text));

    private sealed class Entry(string message, KeyValuePair<string, object?>[] values) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => values.Length;

        public KeyValuePair<string, object?> this[int index] => values[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => message;
    }
}
