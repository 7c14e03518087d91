using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A stream that calls one tool, its arguments in many fragments.</summary>
internal sealed class ToolCallScenario : Scenario
{
    private readonly HttpClient _http;
    private readonly IReadOnlyList<(string Name, Func<Task<string>> Call)> _contenders;

    public ToolCallScenario(int fragments)
    {
        Parts = fragments;
        _http = new HttpClient(PreparedService.Streaming(Replies.ToolCallStream(fragments)));
        _contenders =
        [
            (Clients.Floor, new FloorToolCall(_http, PreparedService.Host).ReadAsync),
            (Clients.Connector, new ClientStream(Clients.Connector, Clients.ConnectorChat(_http)).ReadToolCallAsync),
            (Clients.OpenAI, new ClientStream(Clients.OpenAI, Clients.OpenAIChat(_http)).ReadToolCallAsync),
        ];
        Contenders = [.. _contenders.Select(contender => new Contender(contender.Name, () => contender.Call()))];
    }

    public override int Parts { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        var expected = await _contenders[0].Call();
        Require(_contenders[0].Name, "call", Replies.ToolCallText(Parts), expected);
        foreach (var (name, call) in _contenders)
        {
            Require(name, "call", expected, await call());
        }
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}
