using Connectors.Databricks.Emulator;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>An emulator, a kernel connected to one of its endpoints, and a plugin.</summary>
internal sealed class EmulatedKernel : IAsyncDisposable
{
    public const string Claude = "databricks-claude-sonnet-4-5";
    public const string Gpt = "databricks-gpt-5-2";
    /// <summary>A model without a capability record: its requests are not adapted.</summary>
    public const string Unknown = "our-own-model";

    public const string Llama = "databricks-meta-llama-3-3-70b-instruct";

    private EmulatedKernel(DatabricksEmulator emulator, string endpointName, Action<IKernelBuilder>? configure)
    {
        Emulator = emulator;
        Endpoint = endpointName == Unknown ? emulator.AddChatEndpoint(Unknown, EmulatedDialect.OpenAI) : emulator.Endpoint(endpointName);
        Serving = Connect(_ => { });
        var builder = Kernel.CreateBuilder().AddDatabricksChatCompletion(endpointName, Serving);
        configure?.Invoke(builder);
        Kernel = builder.Build();
        Kernel.Plugins.AddFromObject(City, "City");
        Chat = Kernel.GetRequiredService<IChatCompletionService>();
    }

    public DatabricksEmulator Emulator { get; }

    public EmulatedEndpoint Endpoint { get; }

    public DatabricksServingClient Serving { get; }

    public Kernel Kernel { get; }

    public CityPlugin City { get; } = new();

    public IChatCompletionService Chat { get; }

    public static async Task<EmulatedKernel> StartAsync(string endpointName = Claude, Action<IKernelBuilder>? configure = null) =>
        new(await DatabricksEmulator.StartAsync(), endpointName, configure);

    public DatabricksServingClient Connect(Action<DatabricksServingOptions> configure)
    {
        var options = new DatabricksServingOptions
        {
            Host = Emulator.Host,
            Credential = DatabricksCredential.FromToken(Emulator.Token),
            Resilience = { Retry = null },
        };
        configure(options);
        return new DatabricksServingClient(options);
    }

    /// <summary>A request that the endpoint received, as JSON; the last one by default.</summary>
    public System.Text.Json.Nodes.JsonNode Sent(int request = -1)
    {
        var requests = Endpoint.Requests;
        return requests[request < 0 ? requests.Count + request : request].Json!;
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
