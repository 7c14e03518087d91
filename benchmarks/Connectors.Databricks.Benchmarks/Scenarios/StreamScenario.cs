using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A streamed answer, read to its end. The OpenAI client is there where it does not throw.</summary>
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
        _contenders = dialect == StreamDialect.Llama ? [floor, connector, new ClientStream(Clients.OpenAI, Clients.OpenAIChat(_http))] : [floor, connector];
        Contenders = [.. _contenders.Select(contender => new Contender(contender.Name, () => contender.ReadAsync(new Tally())))];
    }

    public override int Parts { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        var expected = await ReadAsync(_contenders[0]);
        if (expected.Text.Length == 0 || expected.Tally.OutputTokens is null)
        {
            throw new InvalidDataException("The floor read nothing.");
        }

        foreach (var contender in _contenders)
        {
            var (tally, text) = await ReadAsync(contender);
            Require(contender.Name, "text", expected.Text, text);
            Require(contender.Name, "updates with text", expected.Tally.Deltas, tally.Deltas);
            Require(contender.Name, "model", expected.Tally.Model, tally.Model);
            Require(contender.Name, "input tokens", expected.Tally.InputTokens, tally.InputTokens);
            Require(contender.Name, "output tokens", expected.Tally.OutputTokens, tally.OutputTokens);

            // The OpenAI client reports the counts on the last chunk; the others add one update for them.
            var updates = contender.Name == Clients.OpenAI ? tally.Updates + 1 : tally.Updates;
            Require(contender.Name, "updates", expected.Tally.Updates, updates);
        }
    }

    private static async Task<(Tally Tally, string Text)> ReadAsync(IStreamContender contender)
    {
        var text = new StringBuilder();
        var tally = new Tally(text);
        await contender.ReadAsync(tally);
        return (tally, text.ToString());
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}
