using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Server;

public class RecordingTests
{
    private const string Hello = """{"messages":[{"role":"user","content":"Hi"}]}""";

    [Fact]
    public async Task A_request_is_recorded_as_it_came()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Http.DefaultRequestHeaders.Add("x-mine", "1");

        using HttpResponseMessage response = await wire.PostAsync("serving-endpoints/databricks%2Dinkling/invocations?a=b", Hello);

        RecordedRequest request = Assert.Single(wire.Emulator.Requests);
        Assert.Equal(
            ("POST", "/serving-endpoints/databricks-inkling/invocations", "a=b", "1", Hello),
            (request.Method, request.Path, request.Query, request.Headers["X-Mine"], request.Body));
        Assert.Equal(
            ("databricks-inkling", 200, wire.Clock.GetUtcNow()), (request.EndpointName, request.StatusCode, request.ReceivedAt));
        Wire.SameJson(Hello, request.Json!.ToJsonString());
        Assert.Equal(response.Headers.GetValues("x-request-id").Single(), request.RequestId);
    }

    [Fact]
    public async Task Refused_requests_are_recorded_too()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Http.DefaultRequestHeaders.Authorization = null;

        await wire.AskAsync("unknown", "no json");

        RecordedRequest request = Assert.Single(wire.Emulator.Requests);
        Assert.Equal(("unknown", 401, null), (request.EndpointName, request.StatusCode, request.Json));
    }

    [Fact]
    public async Task An_endpoint_knows_its_own_requests()
    {
        await using Wire wire = await Wire.OpenAsync();

        await wire.AskAsync("databricks-inkling", Hello);
        await wire.AskAsync("databricks-kimi-k3", Hello);

        Assert.Equal("databricks-kimi-k3", Assert.Single(wire.Emulator.Endpoint("databricks-kimi-k3").Requests).EndpointName);
    }

    [Fact]
    public async Task A_test_can_wait_for_a_request_before_its_answer()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("databricks-inkling").DelaysTheHeadersBy(TimeSpan.FromDays(1));
        using var cancellation = new CancellationTokenSource();

        Task<HttpResponseMessage> asking = wire.Http.PostAsync(
            new Uri("serving-endpoints/databricks-inkling/invocations", UriKind.Relative), new StringContent(Hello), cancellation.Token);
        RecordedRequest request = await endpoint.WaitForRequestAsync();
        await cancellation.CancelAsync();

        Assert.Equal(Hello, request.Body);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_line_is_logged_for_each_request()
    {
        List<string> lines = [];
        await using (Wire wire = await Wire.OpenAsync(options => options.RequestLog = lines.Add))
        {
            await wire.AskAsync("databricks-inkling", Hello);
        }

        Assert.Equal(["POST /serving-endpoints/databricks-inkling/invocations 200 0 ms databricks-inkling"], lines);
    }
}
