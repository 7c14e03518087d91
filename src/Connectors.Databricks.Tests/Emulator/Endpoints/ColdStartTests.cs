using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Emulator.Management;

namespace Connectors.Databricks.Tests.Emulator.Endpoints;

public class ColdStartTests
{
    [Fact]
    public async Task Scaled_to_zero_it_reads_as_ready_and_the_first_answer_waits()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").ScalesToZero(TimeSpan.FromSeconds(30));

        JsonNode cold = await wire.ManagedAsync("GET", "/churn-v1");
        Task<string> first = wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await endpoint.WaitForPauseAsync();
        wire.Clock.Advance(TimeSpan.FromSeconds(20));
        Task<string> second = wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await endpoint.WaitForPauseAsync();
        Assert.False(first.IsCompleted);
        wire.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["200 {\"predictions\":[0.8]}", "200 {\"predictions\":[0.8]}"], [await first, await second]);
        Assert.Equal(
            ("READY", "Scaled to zero"),
            (cold["state"]!["ready"]!.GetValue<string>(), Message(cold)));
        Assert.Equal("200 {\"predictions\":[0.8]}", await wire.AskAsync("churn-v1", ManagementWire.OneRow));
        Assert.Equal("", Message(await wire.ManagedAsync("GET", "/churn-v1")));
    }

    [Fact]
    public async Task An_idle_endpoint_scales_to_zero_by_itself_when_told()
    {
        await using Wire wire = await Wire.OpenAsync(options =>
        {
            options.Management.ScaleToZeroAfter = TimeSpan.FromMinutes(30);
            options.Management.ColdStart = TimeSpan.FromSeconds(7);
        });
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1");
        wire.Clock.Advance(TimeSpan.FromMinutes(29));
        await wire.AskAsync("churn-v1", ManagementWire.OneRow);
        wire.Clock.Advance(TimeSpan.FromMinutes(29));
        string busy = Message(await wire.ManagedAsync("GET", "/churn-v1"));
        wire.Clock.Advance(TimeSpan.FromMinutes(1));
        string idle = Message(await wire.ManagedAsync("GET", "/churn-v1"));
        Task<string> asked = wire.AskAsync("churn-v1", ManagementWire.OneRow);
        await endpoint.WaitForPauseAsync();
        wire.Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(("", "Scaled to zero", "200 {\"predictions\":[0.8]}"), (busy, idle, await asked));
        Assert.Equal("", Message(await wire.ManagedAsync("GET", "/databricks-inkling")));
    }

    private static string Message(JsonNode detail) =>
        detail["config"]!["served_entities"]![0]!["state"]!["deployment_state_message"]!.GetValue<string>();
}
