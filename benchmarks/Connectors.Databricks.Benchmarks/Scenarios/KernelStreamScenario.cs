using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A streamed response through Semantic Kernel: its OpenAI connector is the baseline, the adapter the candidate.</summary>
internal sealed class KernelStreamScenario : Scenario
{
    private static readonly ChatHistory Question = new("How do I size a SQL warehouse?", AuthorRole.User);

    private readonly HttpClient _http;
    private readonly IReadOnlyList<(string Name, IChatCompletionService Service)> _services;

    public KernelStreamScenario(int deltas)
    {
        Parts = deltas;
        _http = new HttpClient(PreparedService.Streaming(Replies.LlamaStream(deltas)));
        _services = [(KernelClients.OpenAI, KernelClients.OpenAIChat(_http)), (KernelClients.Adapter, KernelClients.AdapterChat(_http))];
        Contenders = [.. _services.Select(named => new Contender(named.Name, () => ReadAsync(named.Service, text: null)))];
    }

    public override int Parts { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        var expected = await CollectAsync(_services[0].Service);
        Require(_services[0].Name, "deltas", Parts, expected.Deltas);
        foreach (var (name, service) in _services)
        {
            Require(name, "deltas and text", expected, await CollectAsync(service));
        }
    }

    private static async Task<(int Deltas, string Text)> CollectAsync(IChatCompletionService service)
    {
        var text = new StringBuilder();
        return (await ReadAsync(service, text), text.ToString());
    }

    private static async Task<int> ReadAsync(IChatCompletionService service, StringBuilder? text)
    {
        var deltas = 0;
        await foreach (var update in service.GetStreamingChatMessageContentsAsync(Question))
        {
            if (update.Content is { Length: > 0 } content)
            {
                deltas++;
                text?.Append(content);
            }
        }

        return deltas;
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}
