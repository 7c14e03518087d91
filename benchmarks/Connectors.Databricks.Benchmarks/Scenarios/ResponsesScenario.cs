using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A streamed response of the Responses API, read to its end.</summary>
internal sealed class ResponsesScenario : Scenario
{
    private readonly HttpClient _http;
    private readonly IReadOnlyList<IStreamContender> _contenders;

    public ResponsesScenario(int deltas)
    {
        Parts = deltas;
        _http = new HttpClient(PreparedService.Streaming(ResponsesReplies.Stream(deltas)));
        _contenders =
        [
            new FloorResponses(_http, PreparedService.Host),
            new ClientStream(Clients.Connector, Clients.ConnectorResponses(_http)),
        ];
        Contenders = [.. _contenders.Select(contender => new Contender(contender.Name, () => contender.ReadAsync(new Totals())))];
    }

    public override int Parts { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        var expected = await ReadAsync(_contenders[0]);
        if (expected.Text.Length == 0 || expected.Totals.OutputTokens is null)
        {
            throw new InvalidDataException("The floor read nothing.");
        }

        var (totals, text) = await ReadAsync(_contenders[1]);
        Require(Clients.Connector, "text", expected.Text, text);
        Require(Clients.Connector, "updates with text", expected.Totals.Deltas, totals.Deltas);
        Require(Clients.Connector, "model", expected.Totals.Model, totals.Model);
        Require(Clients.Connector, "input tokens", expected.Totals.InputTokens, totals.InputTokens);
        Require(Clients.Connector, "output tokens", expected.Totals.OutputTokens, totals.OutputTokens);
    }

    private static async Task<(Totals Totals, string Text)> ReadAsync(IStreamContender contender)
    {
        var text = new StringBuilder();
        var totals = new Totals(text);
        await contender.ReadAsync(totals);
        return (totals, text.ToString());
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}
