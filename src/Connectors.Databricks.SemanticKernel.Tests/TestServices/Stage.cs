using Connectors.Databricks.Emulator;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>An emulator, a kernel on one of its endpoints, and a town to ask about.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Claude = "databricks-claude-sonnet-4-5";
    public const string Gpt = "databricks-gpt-5-2";
    /// <summary>A model that nobody knows: it is sent what it is asked for, as it was said.</summary>
    public const string Unknown = "our-own-model";

    public const string Llama = "databricks-meta-llama-3-3-70b-instruct";

    private Stage(DatabricksEmulator emulator, string endpointName, Action<IKernelBuilder>? configure)
    {
        Emulator = emulator;
        Endpoint = endpointName == Unknown ? emulator.AddChatEndpoint(Unknown, EmulatedDialect.OpenAI) : emulator.Endpoint(endpointName);
        Serving = Connect(_ => { });
        var builder = Kernel.CreateBuilder().AddDatabricksChatCompletion(endpointName, Serving);
        configure?.Invoke(builder);
        Kernel = builder.Build();
        Kernel.Plugins.AddFromObject(Town, "Town");
        Chat = Kernel.GetRequiredService<IChatCompletionService>();
    }

    public DatabricksEmulator Emulator { get; }

    public EmulatedEndpoint Endpoint { get; }

    public DatabricksServingClient Serving { get; }

    public Kernel Kernel { get; }

    public Town Town { get; } = new();

    public IChatCompletionService Chat { get; }

    public static async Task<Stage> SetAsync(string endpointName = Claude, Action<IKernelBuilder>? configure = null) =>
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

    /// <summary>What the endpoint was asked last, as JSON.</summary>
    public System.Text.Json.Nodes.JsonNode Sent(int request = -1)
    {
        var requests = Endpoint.Requests;
        return requests[request < 0 ? requests.Count + request : request].Json!;
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
