using System.ClientModel;
using System.ClientModel.Primitives;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The two products that are compared, each with every default: the connector, and the OpenAI client that Microsoft.Extensions.AI.OpenAI
/// adapts.
/// </summary>
internal static class Clients
{
    public const string Floor = "Floor";

    public const string Connector = "Connector";

    public const string OpenAI = "OpenAIClient";

    public const string ChatEndpoint = "databricks-meta-llama-3-3-70b-instruct";

    public const string EmbeddingEndpoint = "databricks-gte-large-en";

    public static DatabricksServingClient Serving(HttpClient? http, Uri host) => new(new DatabricksServingOptions
    {
        Host = host,
        Credential = DatabricksCredential.FromToken("dapi-benchmark"),
        HttpClient = http,
    });

    public static IChatClient ConnectorChat(HttpClient? http, Uri? host = null, string endpoint = ChatEndpoint) =>
        Serving(http, host ?? PreparedService.Host).GetChatClient(endpoint);

    public static IChatClient ConnectorResponses(HttpClient http) => Serving(http, PreparedService.Host).GetChatClient(
        ChatEndpoint, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });

    public static IChatClient ConnectorGatewayResponses(HttpClient http) => Serving(http, PreparedService.Host).GetChatClient(
        ResponsesHistory.Model, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });

    public static IEmbeddingGenerator<string, Embedding<float>> ConnectorEmbeddings(HttpClient http) =>
        Serving(http, PreparedService.Host).GetEmbeddingGenerator(EmbeddingEndpoint);

    public static IChatClient OpenAIChat(HttpClient http) => OpenAIPackage(http).GetChatClient(ChatEndpoint).AsIChatClient();

    public static IEmbeddingGenerator<string, Embedding<float>> OpenAIEmbeddings(HttpClient http) =>
        OpenAIPackage(http).GetEmbeddingClient(EmbeddingEndpoint).AsIEmbeddingGenerator();

    public static OpenAIClient OpenAIPackage(HttpClient http) => new(
        new ApiKeyCredential("dapi-benchmark"),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(PreparedService.Host, "/serving-endpoints"),
            Transport = new HttpClientPipelineTransport(http),
        });
}
