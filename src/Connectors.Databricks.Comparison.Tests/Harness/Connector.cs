using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>The lines of an app that differ between the two connectors: its registrations.</summary>
internal abstract class Connector
{
    /// <summary>A model that neither connector knows, so that requests are not adapted to it.</summary>
    public const string Model = "our-own-model";

    protected const string Token = "dapi-comparison";

    protected static readonly Uri Host = new("https://adb-1.1.azuredatabricks.net/");

    public static Connector OpenAI { get; } = new OpenAIConnector();

    /// <summary>This connector over chat completions.</summary>
    public static Connector Databricks { get; } = new DatabricksConnector(DatabricksChatApi.ChatCompletions);

    /// <summary>This connector over the Responses API.</summary>
    public static Connector Responses { get; } = new DatabricksConnector(DatabricksChatApi.Responses);

    /// <summary>The API that requests are sent to.</summary>
    public virtual DatabricksChatApi Api => DatabricksChatApi.ChatCompletions;

    public abstract void AddChatCompletion(IServiceCollection services, HttpClient http, string model = Model, string? serviceId = null);

    public abstract void AddChatClient(IKernelBuilder builder, HttpClient http);

    public abstract void AddChatClient(IServiceCollection services, HttpClient http, string serviceId, string sourceName);

    public abstract void AddEmbeddingGenerator(IKernelBuilder builder, HttpClient http);

    public override string ToString() =>
        this == OpenAI ? nameof(OpenAI) : this == Databricks ? nameof(Databricks) : $"{nameof(Databricks)} over {nameof(Responses)}";

    private sealed class OpenAIConnector : Connector
    {
        // On a service collection the method takes the client from the services.
        public override void AddChatCompletion(IServiceCollection services, HttpClient http, string model, string? serviceId) =>
            services.AddSingleton(http).AddOpenAIChatCompletion(model, Host, Token, orgId: null, serviceId);

        public override void AddChatClient(IKernelBuilder builder, HttpClient http) =>
            builder.AddOpenAIChatClient(Model, Host, Token, httpClient: http);

        public override void AddChatClient(IServiceCollection services, HttpClient http, string serviceId, string sourceName) =>
            services.AddOpenAIChatClient(Model, Host, Token, null, serviceId, http, openTelemetrySourceName: sourceName);

        // There is no method with an endpoint, so the client says where it is.
        public override void AddEmbeddingGenerator(IKernelBuilder builder, HttpClient http)
        {
            http.BaseAddress = Host;
            builder.AddOpenAIEmbeddingGenerator(Model, Token, httpClient: http);
        }
    }

    private sealed class DatabricksConnector(DatabricksChatApi api) : Connector
    {
        public override DatabricksChatApi Api => api;

        public override void AddChatCompletion(IServiceCollection services, HttpClient http, string model, string? serviceId) =>
            services.AddDatabricksChatCompletion(model, Serving(http), serviceId);

        public override void AddChatClient(IKernelBuilder builder, HttpClient http) =>
            builder.AddDatabricksChatClient(Model, Serving(http));

        public override void AddChatClient(IServiceCollection services, HttpClient http, string serviceId, string sourceName) =>
            services.AddDatabricksChatClient(Model, Serving(http), serviceId, openTelemetrySourceName: sourceName);

        public override void AddEmbeddingGenerator(IKernelBuilder builder, HttpClient http) =>
            builder.AddDatabricksEmbeddingGenerator(Model, Serving(http));

        // Without retries, as the OpenAI connector when it is given an HTTP client.
        private DatabricksServingClient Serving(HttpClient http) => new(new DatabricksServingOptions
        {
            Chat = { Api = api },
            Host = Host,
            Credential = DatabricksCredential.FromToken(Token),
            HttpClient = http,
            Resilience = { Retry = null },
        });
    }
}
