using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The product, with every default.</summary>
internal sealed class ConnectorChat(HttpClient http, List<ChatMessage> messages, ChatOptions? options) : IChatContender
{
    public const string EndpointName = "databricks-meta-llama-3-3-70b-instruct";

    private readonly IChatClient _chat = NewServing(http, PreparedService.Host).GetChatClient(EndpointName);

    public string Name => "Connector";

    public async Task<ChatOutcome> CallAsync() => Outcome(await _chat.GetResponseAsync(messages, options));

    public static DatabricksServingClient NewServing(HttpClient? http, Uri host) => new(new DatabricksServingOptions
    {
        Host = host,
        Credential = DatabricksCredential.FromToken("dapi-benchmark"),
        HttpClient = http,
    });

    public static ChatOutcome Outcome(ChatResponse response) => new(
        response.Text, response.ModelId!, response.FinishReason!.Value.Value, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount);
}
