using Connectors.Databricks.Emulator;
using Connectors.Databricks.Emulator.CommandLine;

namespace Connectors.Databricks.Tests.Emulator.Faults;

/// <summary>Which requests get a fault, and how often.</summary>
public class EmulatedFaultsTests
{
    private const string Endpoint = "databricks-llama-4-maverick";
    private const string Ask = """{"messages":[{"role":"user","content":"Hello"}]}""";

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.25, 35, 65)]
    [InlineData(1, 200, 200)]
    public async Task A_fault_strikes_as_often_as_it_is_likely(double probability, int least, int most) =>
        Assert.InRange((await DrawAsync(seed: 1, probability)).Count(struck => struck), least, most);

    [Fact]
    public async Task A_seed_gives_the_same_faults_again_and_another_gives_others()
    {
        List<bool> first = await DrawAsync(seed: 7, 0.5);

        Assert.Equal(first, await DrawAsync(seed: 7, 0.5));
        Assert.NotEqual(first, await DrawAsync(seed: 8, 0.5));
    }

    [Fact]
    public async Task A_request_meets_the_first_fault_that_is_drawn_and_says_which()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Faults
            .Add(EmulatedFault.Overloaded, probability: 0)
            .Add(EmulatedFault.BadGateway, times: 1)
            .Add(EmulatedFault.GatewayTimeout, where: request => request.EndpointName == Endpoint)
            .Add(EmulatedFault.Throttled);

        await wire.AskAsync(Endpoint, Ask);
        await wire.AskAsync(Endpoint, Ask);
        await wire.AskAsync("databricks-gpt-5-2", Ask);
        wire.Emulator.Faults.Clear();
        await wire.AskAsync(Endpoint, Ask);

        Assert.Equal(
            [
                (EmulatedFault.BadGateway, 502), (EmulatedFault.GatewayTimeout, 504), (EmulatedFault.Throttled, 429),
                (default(EmulatedFault?), 200),
            ],
            wire.Emulator.Requests.Select(request => (request.Fault, request.StatusCode!.Value)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public async Task A_probability_is_from_0_to_1(double probability)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => wire.Emulator.Faults.Add(EmulatedFault.Throttled, probability));
    }

    [Fact]
    public async Task The_oldest_requests_are_forgotten()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Limits.MaxRecordedRequests = 2);
        for (var i = 0; i < 3; i++)
        {
            await wire.AskAsync(Endpoint, Ask);
        }

        RecordedRequest next = await wire.Emulator.Endpoint(Endpoint).WaitForRequestAsync();

        Assert.Equal(2, wire.Emulator.Requests.Count);
        Assert.Same(wire.Emulator.Requests[0], next);
    }

    [Fact]
    public async Task The_command_line_adds_faults()
    {
        DatabricksEmulatorOptions options = Arguments.Parse(
            ["--fault", "overloaded:0", "--fault", "bad-gateway", "--fault-seed", "9", "--fault-pause", "20ms"]).Options;
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync(options);
        using var http = new HttpClient();
        using HttpResponseMessage response = await http.GetAsync(emulator.Host);

        Assert.Equal((9, TimeSpan.FromMilliseconds(20), 502), (emulator.Faults.Seed, emulator.Faults.Pause, (int)response.StatusCode));
    }

    [Theory]
    [InlineData("--fault", "no-such-fault")]
    [InlineData("--fault", "overloaded:2")]
    [InlineData("--fault", "overloaded:0.1:3")]
    [InlineData("--fault-seed", "x")]
    [InlineData("--fault-pause", "soon")]
    public void A_mistake_in_them_is_named(string option, string value) =>
        Assert.StartsWith($"'{value}' is not a ", Arguments.Parse([option, value]).Error, StringComparison.Ordinal);

    private static async Task<List<bool>> DrawAsync(int seed, double probability)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Faults.Seed = seed);
        wire.Emulator.Faults.Add(EmulatedFault.Overloaded, probability);
        for (var i = 0; i < 200; i++)
        {
            await wire.AskAsync(Endpoint, Ask);
        }

        return [.. wire.Emulator.Requests.Select(request => request.Fault is not null)];
    }
}
