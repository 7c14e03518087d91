using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Diagnostics;

/// <summary>Entries leave on a single line and without secrets, in their message, their values and their exception.</summary>
public class RedactingLoggerTests
{
    private readonly FakeLogger _log = new();
    private readonly ILogger _logger;

    public RedactingLoggerTests() => _logger = RedactingLogger.Over(_log, new Redaction(["canary-secret"]));

    [Theory]
    [InlineData("X\r\nwarn: forged", @"X\u000D\u000Awarn: forged")]
    [InlineData("X\u2028\u0085\0\u001b[31m", @"X\u2028\u0085\u0000\u001B[31m")]
    [InlineData("X\u202Egnp.exe", @"X\u202Egnp.exe")]
    [InlineData("Bearer canary-secret", "Bearer ***")]
    [InlineData("Größe 😀", "Größe 😀")]
    public void A_value_is_redacted_and_single_line(string value, string expected)
    {
        _logger.LogWarning("{Reason} ({Attempt}, {Call})", value, 7, new Uri($"https://x/?q={Uri.EscapeDataString(value)}"));

        var entry = Assert.Single(_log.Collector.GetSnapshot());
        Assert.StartsWith($"{expected} (7, https://x/?q=", entry.Message, StringComparison.Ordinal);
        Assert.Equal(
            (expected, "7", "{Reason} ({Attempt}, {Call})"),
            (entry.GetStructuredStateValue("Reason"), entry.GetStructuredStateValue("Attempt"),
                entry.GetStructuredStateValue("{OriginalFormat}")));
        Assert.DoesNotContain("canary", $"{entry.Message} {entry.GetStructuredStateValue("Call")}", StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_is_redacted()
    {
        _logger.LogWarning(new InvalidOperationException("canary-secret", new IOException("https://user:pass@proxy")), "x");

        var exception = Assert.Single(_log.Collector.GetSnapshot()).Exception!;
        Assert.Equal(("InvalidOperationException: ***", "https://***@proxy"), (exception.Message, exception.InnerException!.Message));
    }

    [Fact]
    public void A_disabled_entry_is_not_written_and_not_formatted()
    {
        _log.ControlLevel(LogLevel.Warning, enabled: false);

        _logger.Log(LogLevel.Warning, 0, 0, null, (_, _) => throw new InvalidOperationException("formatted"));

        Assert.Empty(_log.Collector.GetSnapshot());
    }

    [Fact]
    public void A_logger_that_writes_nothing_is_not_wrapped() =>
        Assert.Same(NullLogger.Instance, RedactingLogger.Over(NullLogger.Instance, Redaction.OfNone));
}
