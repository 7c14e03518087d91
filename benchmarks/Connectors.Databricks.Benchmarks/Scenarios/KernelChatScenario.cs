using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A chat call through Semantic Kernel: its OpenAI connector is the baseline, the adapter the candidate.</summary>
internal sealed class KernelChatScenario : Scenario
{
    private static readonly ChatHistory Question = new("How do I size a SQL warehouse?", AuthorRole.User);

    private readonly HttpClient _http = new(PreparedService.Whole(Replies.Document()));
    private readonly IReadOnlyList<(string Name, IChatCompletionService Service)> _services;

    public KernelChatScenario()
    {
        _services = [(KernelClients.OpenAI, KernelClients.OpenAIChat(_http)), (KernelClients.Adapter, KernelClients.AdapterChat(_http))];
        Contenders = [.. _services.Select(named => new Contender(named.Name, () => CallAsync(named.Service)))];
    }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        var expected = await AnswerAsync(_services[0].Service);
        foreach (var (name, service) in _services)
        {
            Require(name, "answer", expected, await AnswerAsync(service));
        }
    }

    private static Task<ChatMessageContent> CallAsync(IChatCompletionService service) => service.GetChatMessageContentAsync(Question);

    // One reports the endpoint name as the model, the other the name of the model.
    private static async Task<(string? Text, AuthorRole Role, object? FinishReason)> AnswerAsync(IChatCompletionService service)
    {
        var message = await CallAsync(service);
        return (message.Content, message.Role, message.Metadata!["FinishReason"]);
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}
