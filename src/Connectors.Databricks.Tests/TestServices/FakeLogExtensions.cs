using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>What tests compare of the records that a <see cref="FakeLogCollector"/> holds.</summary>
internal static class FakeLogExtensions
{
    public static List<(LogLevel Level, string Text)> Lines(this FakeLogCollector log) =>
        [.. log.Own().Select(record => (record.Level, record.Message))];

    /// <summary>The lines above Debug, which an operator sees.</summary>
    public static List<string> Shown(this FakeLogCollector log) =>
        [.. log.Own().Where(record => record.Level > LogLevel.Debug).Select(record => $"{record.Level}: {record.Message}")];

    // Polly's telemetry writes to a category of its own.
    private static IEnumerable<FakeLogRecord> Own(this FakeLogCollector log) =>
        log.GetSnapshot().Where(record => record.Category != "Polly");

    /// <summary>What a structured log keeps of each record besides its text: every value by name, and the exception whole.</summary>
    public static List<string> States(this FakeLogCollector log) =>
        [.. log.GetSnapshot().SelectMany(record => (record.StructuredState ?? [])
            .Select(pair => $"{pair.Key}={pair.Value}")
            .Append(record.Exception?.ToString() ?? ""))];
}
