using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>A workspace of the emulator with Unity Gateway, and one model service.</summary>
internal sealed class EmulatedServices : IAsyncDisposable
{
    public const string Name = "main.ai.chat";

    /// <summary>A token that may neither list nor get.</summary>
    public const string OnlyQueries = "dapi-query";

    private EmulatedServices(DatabricksEmulator emulator)
    {
        Emulator = emulator;
        Serving = Client(emulator, emulator.Token);
    }

    public DatabricksEmulator Emulator { get; }

    public DatabricksServingClient Serving { get; }

    public ModelServicesClient Services => Serving.GetManagementClient().ModelServices;

    /// <summary>The service principal, which is not the owner.</summary>
    public DatabricksServingClient Principal => new(
        Emulator.Host, new DatabricksServicePrincipalCredential(Emulator.Host, Emulator.ClientId, Emulator.ClientSecret));

    public static async Task<EmulatedServices> StartAsync(Action<DatabricksEmulatorOptions>? configure = null)
    {
        var options = new DatabricksEmulatorOptions
        {
            Workspace = EmulatedWorkspace.GatewayEnforced,
            Authentication = { TokensThatOnlyQuery = { OnlyQueries } },
            Quirks = { RejectsReadOnlyMembers = true },
        };
        configure?.Invoke(options);
        return new EmulatedServices(await DatabricksEmulator.StartAsync(options));
    }

    public static DatabricksServingClient Client(DatabricksEmulator emulator, string token) => new(new DatabricksServingOptions
    {
        Host = emulator.Host,
        Credential = DatabricksCredential.FromToken(token),
        Resilience = { Retry = null },
    });

    public static ModelServiceDefinition Definition(ModelServiceDestination destination) => new(Name, ModelServiceConfig.To(destination));

    public async Task<ModelService> CreateAsync() =>
        await Services.CreateAsync(Definition(await DestinationAsync("champion", "system.ai.claude-sonnet-4-5")));

    // The model behind a system service has another name: its destination is copied.
    public async Task<ModelServiceDestination> DestinationAsync(string name, string systemService) =>
        (await Services.GetAsync(systemService)).Destinations[0] with { Name = name, TrafficPercentage = null };

    /// <summary>The destination that answers a chat.</summary>
    public async Task<string?> AnsweredByAsync(CancellationToken cancellationToken = default) =>
        (await Serving.GetChatClient(Name).GetResponseAsync("Hello", cancellationToken: cancellationToken))
            .AdditionalProperties?[DatabricksPropertyNames.ServedModelName] as string;

    /// <summary>Of a hundred calls: the emulator splits them exactly.</summary>
    public async Task<int> ShareAsync(string destination)
    {
        var count = 0;
        for (var call = 0; call < 100; call++)
        {
            count += await AnsweredByAsync() == destination ? 1 : 0;
        }

        return count;
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
