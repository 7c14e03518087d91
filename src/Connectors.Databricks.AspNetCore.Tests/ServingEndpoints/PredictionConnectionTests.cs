using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

/// <summary>Requests that break off, clients that leave, and how many requests a batch has at the same time.</summary>
public class PredictionConnectionTests
{
    private static readonly string Items =
        $$"""{"items":[{{string.Join(',', Enumerable.Repeat("""{"inputs":[[1]]}""", 12))}}]}""";

    [Fact]
    public async Task A_batch_sends_a_bounded_number_of_requests_at_the_same_time()
    {
        using var client = new PausingServingClient();
        await using var app = await ServingApp.StartAsync(client, options =>
        {
            options.AllowAnyEndpoint = true;
            options.MaxConcurrentRequests = 3;
        });

        var answer = app.PostAsync(ServingApp.BatchPredict, Items);
        for (var i = 0; i < 3; i++)
        {
            await client.StartedAsync();
        }

        Assert.Equal(3, client.Running);
        client.Continue();
        var (status, json) = await answer;
        Assert.Equal((200, 12, 0, 3), (status, (int)json["total"]!, (int)json["failed"]!, client.MostRunning));
        Assert.Equal(Enumerable.Range(0, 12), json["results"]!.AsArray().Select(result => (int)result!["index"]!));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_calls_end_when_the_client_leaves(bool isBatch)
    {
        using var client = new PausingServingClient();
        await using var app = await ServingApp.StartAsync(client);
        using var leaving = new CancellationTokenSource();
        var answer = app.SendAsync(
            isBatch ? ServingApp.BatchPredict : ServingApp.Predict, isBatch ? Items : """{"inputs":[[1]]}""",
            cancellationToken: leaving.Token);
        await client.StartedAsync();
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await client.Canceled.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_request_timeout_of_the_app_has_its_own_status(bool isBatch)
    {
        using var client = new PausingServingClient();
        await using var app = await ServingApp.StartAsync(
            services: services => services.AddSingleton<DatabricksServingClient>(client).AddRequestTimeouts(),
            convention: routes => routes.WithRequestTimeout(TimeSpan.FromMilliseconds(1)),
            middleware: application => application.UseRequestTimeouts());

        using var response = await app.SendAsync(
            isBatch ? ServingApp.BatchPredict : ServingApp.Predict, isBatch ? Items : """{"inputs":[[1]]}""");

        Assert.Equal(504, (int)response.StatusCode);
    }

    [Theory, InlineData(ServingApp.Predict), InlineData(ServingApp.BatchPredict)]
    public async Task A_request_that_breaks_off_leaves_the_app_running(string path)
    {
        await using var app = await ServingApp.StartAsync();
        await app.BreakOffAsync(path);

        Assert.Equal(200, (await app.PostAsync(ServingApp.Predict, ServingApp.Rows)).Status);
    }
}
