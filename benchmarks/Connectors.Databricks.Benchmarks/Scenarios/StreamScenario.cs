using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A streamed response, read to its end. The OpenAI client is included where it does not throw.</summary>
internal sealed class StreamScenario : Scenario
{
    private readonly HttpClient _http;
    private readonly IReadOnlyList<IStreamContender> _contenders;

    public StreamScenario(StreamDialect dialect, int deltas, int readSize = PreparedService.UsualReadSize)
    {
        Parts = deltas;
        _http = new HttpClient(PreparedService.Streaming(Replies.Stream(dialect, deltas), readSize));
        IStreamContender floor = new FloorStream(_http, PreparedService.Host);
        IStreamContender connector = new ClientStream(Clients.Connector, Clients.ConnectorChat(_http));
        _contenders = dialect == StreamDialect.Llama
            ? [floor, connector, new ClientStream(Clients.OpenAI, Clients.OpenAIChat(_http))]
            : [floor, connector];
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

        foreach (var contender in _contenders)
        {
            var (totals, text) = await ReadAsync(contender);
            Require(contender.Name, "text", expected.Text, text);
            Require(contender.Name, "updates with text", expected.Totals.Deltas, totals.Deltas);
            Require(contender.Name, "model", expected.Totals.Model, totals.Model);
            Require(contender.Name, "input tokens", expected.Totals.InputTokens, totals.InputTokens);
            Require(contender.Name, "output tokens", expected.Totals.OutputTokens, totals.OutputTokens);

            // The OpenAI client reports the counts on the last chunk; the others add one update for them.
            var updates = contender.Name == Clients.OpenAI ? totals.Updates + 1 : totals.Updates;
            Require(contender.Name, "updates", expected.Totals.Updates, updates);
        }
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
