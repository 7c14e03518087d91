using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/observability.md shows the log that a call really writes.</summary>
public sealed partial class CallLogPageTests : IDisposable
{
    private readonly FakeLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task The_page_shows_the_entries_of_a_call_that_succeeds_and_of_one_that_fails()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint("system.ai.gpt-5-2").Fails(429, "REQUEST_LIMIT_EXCEEDED").Replies("Hello!");
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            LoggerFactory = _log,
            Resilience = { Retry = new() { MaxRetryAttempts = 2, Delay = TimeSpan.Zero } },
        });

        await serving.GetChatClient("system.ai.gpt-5-2").GetResponseAsync("Hello!");
        await Failure.Of(serving.GetChatClient("no-such-endpoint"));

        var written = _log.Collector.GetSnapshot().Where(record => record.Category == "Connectors.Databricks")
            .Select(record => $"{(record.Level == LogLevel.Debug ? "dbug" : "warn")}: {record.Category}[{record.Id.Id}] {record.Message}");
        Assert.Equal(Shown(), string.Join('\n', written.Select(Normalized).Where((_, index) => index is < 6 or 8)));
    }

    private static string Shown()
    {
        var page = MarkdownFile.All.Single(page => page.Path == "docs/observability.md").Text;
        var entries = Block().Matches(page).Select(match => match.Groups[1].Value.Replace('\n', ' ')
            .Replace(" dbug: ", "\ndbug: ", StringComparison.Ordinal).Replace(" warn: ", "\nwarn: ", StringComparison.Ordinal));
        return string.Join('\n', entries.Select(Normalized));
    }

    private static string Normalized(string text) => 
        RequestId().Replace(Delay().Replace(Milliseconds().Replace(text, "N ms"), "retried in T"), "request id X");

    [GeneratedRegex(@"```\n(dbug: [^`]*)\n```")]
    private static partial Regex Block();

    [GeneratedRegex(@"request id [0-9a-f-]{36}")]
    private static partial Regex RequestId();

    [GeneratedRegex(@"\d+ ms")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"retried in [0-9:.]+")]
    private static partial Regex Delay();
}
