using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using StockClient = OpenAI.OpenAIClient;

namespace Connectors.Databricks.Comparison.Tests.OpenAIClient;

/// <summary>Both clients, as a program creates them for one host. Neither sends a request twice.</summary>
/// <param name="host">The workspace.</param>
/// <param name="token">Its token.</param>
/// <param name="handler">The service in this process; null for the network.</param>
internal sealed class ClientPair(Uri host, string token, Func<HttpMessageHandler>? handler = null)
{
    public Task<ClientRun> AskOpenAIAsync(string model, bool isStream, ChatOptions? options)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = new Uri(host, "/serving-endpoints"),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        if (Http() is { } http)
        {
            settings.Transport = new HttpClientPipelineTransport(http);
        }

        var client = new StockClient(new ApiKeyCredential(token), settings);
        return ClientRun.OfAsync(client.GetChatClient(model).AsIChatClient(), isStream, options);
    }

    public Task<ClientRun> AskDatabricksAsync(string model, bool isStream, ChatOptions? options)
    {
        var client = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = host,
            Credential = DatabricksCredential.FromToken(token),
            HttpClient = Http(),
            Resilience = { Retry = null },
        });
        return ClientRun.OfAsync(client.GetChatClient(model), isStream, options);
    }

    private HttpClient? Http() => handler is null ? null : new HttpClient(handler());
}
