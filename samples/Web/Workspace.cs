using Connectors.Databricks;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;

namespace Web;

/// <summary>
/// The workspace of the environment or of a profile of <c>~/.databrickscfg</c>; without one, an emulator inside this process.
/// </summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly DatabricksEmulator? _emulator;

    private Workspace(DatabricksEmulator? emulator) => _emulator = emulator;

    public string Announcement => _emulator is null
        ? "Running on the workspace of your environment: calls are billed."
        : "Running on the built-in emulator: no workspace is configured.";

    /// <summary>The emulator; null on a real workspace.</summary>
    public DatabricksEmulator? Emulator => _emulator;

    public static async Task<Workspace> OpenAsync(TimeSpan tokenDelay)
    {
        try
        {
            _ = DatabricksServingClient.FromEnvironment();
            return new Workspace(emulator: null);
        }
        catch (DatabricksCredentialException exception) when (exception.Failure == DatabricksCredentialFailure.NoHost)
        {
            return await OpenEmulatorAsync(tokenDelay);
        }
    }

    public static async Task<Workspace> OpenEmulatorAsync(TimeSpan tokenDelay)
    {
        var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { TokenDelay = tokenDelay });
        await FillAsync(emulator);
        return new Workspace(emulator);
    }

    public void Configure(DatabricksServingOptions options)
    {
        options.ApplicationName = "web-sample/1.0";
        if (_emulator is not null)
        {
            options.Host = _emulator.Host;
            options.Credential = DatabricksCredential.FromToken(_emulator.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    // Endpoints in every state, so that the hub has something to show.
    private static async Task FillAsync(DatabricksEmulator emulator)
    {
        emulator.AddClassicEndpoint("churn-prediction").SplitsTraffic(("champion", "1", 80), ("challenger", "2", 20));
        emulator.AddAgentEndpoint("support-agent");
        emulator.AddExternalEndpoint("partner-gpt-4o");
        emulator.AddExternalEndpoint("partner-claude", "anthropic", "claude-sonnet-4-5");
        emulator.AddProvisionedEndpoint("llama-reserved");
        emulator.AddFeatureEndpoint("customer-features");
        emulator.AddEmbeddingEndpoint("product-search").ScalesToZero();
        emulator.AddClassicEndpoint("demand-forecast").Stops();

        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var management = serving.GetManagementClient();
        (string Endpoint, string Team)[] owners =
        [
            ("churn-prediction", "growth"), ("support-agent", "support"), ("partner-gpt-4o", "platform"), ("product-search", "shop"),
        ];
        foreach (var (endpoint, team) in owners)
        {
            await management.UpdateTagsAsync(endpoint, [new EndpointTag("team", team), new EndpointTag("tier", "production")]);
        }

        for (var row = 0; row < 24; row++)
        {
            await serving.PredictAsync(
                "churn-prediction",
                DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], [new object?[] { row, 40.0 + row }]));
        }
    }
}
