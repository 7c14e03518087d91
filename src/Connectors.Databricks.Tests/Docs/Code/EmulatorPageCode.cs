using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/emulator.md.</summary>
internal static class EmulatorPageCode
{
    public static async Task Script()
    {
        // <emulator-script>
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync();

        emulator.Endpoint("system.ai.claude-sonnet-4-5")
            .Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.FromSeconds(1))
            .Replies("Paris.", reasoning: "The capital of France.")
            .CutsTheStreamAfter(2).AnswersByItself();

        // Point any client at emulator.Host with emulator.Token, then look at what it sent:
        RecordedRequest request = emulator.Requests[0];
        Console.WriteLine($"{request.Method} {request.Path} {request.Json?["messages"]}");
        // </emulator-script>
    }

    public static async Task Faults()
    {
        // <emulator-faults>
        var options = new DatabricksEmulatorOptions { Faults = { Seed = 7, Pause = TimeSpan.FromMilliseconds(50) } };
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync(options);

        emulator.Faults
            .Add(EmulatedFault.ResetMidBody, probability: 0.05)
            .Add(EmulatedFault.Throttled, times: 3, where: request => request.EndpointName == "system.ai.gpt-5-2");

        // Run your app, then read the injected faults:
        int affected = emulator.Requests.Count(request => request.Fault is not null);
        // </emulator-faults>
        _ = affected;
    }

    public static async Task OAuth(TimeProvider clock)
    {
        // <emulator-oauth>
        var options = new DatabricksEmulatorOptions
        {
            TimeProvider = clock,
            Authentication = { TokenLifetime = TimeSpan.FromMinutes(5) },
        };
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync(options);

        EmulatedServicePrincipal reader = emulator.OAuth.AddServicePrincipal("reader", "dose-reader");
        emulator.OAuth.HostMetadata.AnswersNotFound();
        emulator.OAuth.TokenEndpoint
            .Fails(503, retryAfter: TimeSpan.FromSeconds(1))
            .Omits("expires_in").AnswersByItself()
            .Sends("expires_in", "300");

        // Let a client log in as the reader, move the clock or revoke, and look at what it asked for:
        reader.RevokeTokens();
        RecordedRequest request = emulator.OAuth.TokenEndpoint.Requests[0];
        Console.WriteLine($"{request.Form?["grant_type"]}, {emulator.OAuth.IssuedTokens.Count} tokens issued");
        // </emulator-oauth>
    }

    public static void Lifecycle(DatabricksEmulator emulator)
    {
        // <emulator-lifecycle>
        emulator.AddClassicModel("main.ml.churn", "8", intercept: 0.6, tenure: -0.02);
        emulator.AddBrokenModel("main.ml.churn", "9", "No module named 'sklearn'.");
        emulator.Endpoint("churn-v1")
            .SplitsTraffic(("champion", "1", 90), ("challenger", "2", 10))
            .TakesReadsToDeploy(3)
            .FailsToDeploy("The container could not be started.");
        emulator.Endpoint("fraud-v2").ScalesToZero(coldStart: TimeSpan.FromSeconds(30));
        // </emulator-lifecycle>
    }
}
