using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>Texts become vectors of 1,024 numbers, a hundred in a request.</summary>
internal sealed class EmbeddingScenario : Scenario
{
    private readonly HttpClient _http;
    private readonly IReadOnlyList<IEmbeddingContender> _contenders;

    /// <param name="format">How the vectors are written.</param>
    /// <param name="batches">
    /// Above 1, each contender sends four requests at a time; the OpenAI client cannot split and is not included.
    /// </param>
    public EmbeddingScenario(EmbeddingFormat format, int batches = 1)
    {
        Parts = batches * EmbeddingReplies.Count;
        _http = new HttpClient(PreparedService.Whole(EmbeddingReplies.Document(format)));
        var inputs = EmbeddingReplies.Inputs(Parts);
        IEmbeddingContender floor = new FloorEmbedding(_http, PreparedService.Host, inputs);
        IEmbeddingContender connector = new ClientEmbedding(Clients.Connector, Clients.ConnectorEmbeddings(_http), inputs);
        _contenders = batches == 1
            ? [floor, connector, new ClientEmbedding(Clients.OpenAI, Clients.OpenAIEmbeddings(_http), inputs)]
            : [floor, connector];
        Contenders = [.. _contenders.Select(contender => new Contender(contender.Name, contender.EmbedAsync))];
    }

    public override int Parts { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        var expected = await _contenders[0].EmbedAsync();
        Require(_contenders[0].Name, "number of vectors", Parts, expected.Count);
        foreach (var contender in _contenders)
        {
            var actual = await contender.EmbedAsync();
            Require(contender.Name, "number of vectors", expected.Count, actual.Count);
            Require(contender.Name, "input tokens", expected.InputTokens, actual.InputTokens);
            for (var i = 0; i < expected.Count; i++)
            {
                Require(contender.Name, "bits", true, expected.Vector(i).Span.SequenceEqual(actual.Vector(i).Span));
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}
