using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>One exchange with the management API, with both documents in the test.</summary>
internal static class Managing
{
    /// <summary>An endpoint that answers and is not changing.</summary>
    public const string Ready =
        """{"name":"churn","state":{"ready":"READY","config_update":"NOT_UPDATING"}}""";

    /// <summary>Makes a call, checks the request whole, and gives back what was read.</summary>
    /// <param name="line">Method and path, as they must be sent.</param>
    /// <param name="request">The body that must be sent; null for none.</param>
    /// <param name="response">What the service answers.</param>
    /// <param name="call">The call.</param>
    public static async Task<T> Exchange<T>(string line, string? request, string response, Func<DatabricksManagementClient, Task<T>> call)
    {
        var service = new VerbatimService().Answers(response);
        var result = await call(service.Client().GetManagementClient());
        AssertSent(line, request, Assert.Single(service.Sent));
        return result;
    }

    public static async Task Exchange(string line, string? request, string response, Func<DatabricksManagementClient, Task> call) =>
        await Exchange(line, request, response, async endpoints =>
        {
            await call(endpoints);
            return true;
        });

    /// <summary>Reads with the directory: checks the request whole, and gives back what was read.</summary>
    public static async Task<T> Discover<T>(string line, string response, Func<EndpointDirectory, Task<T>> call)
    {
        var service = new VerbatimService().Answers(response);
        var result = await call(service.Client().Directory);
        AssertSent(line, request: null, Assert.Single(service.Sent));
        return result;
    }

    public static void AssertSent(string line, string? request, VerbatimService.SentRequest sent)
    {
        Assert.Equal(line, $"{sent.Method} {sent.Uri.PathAndQuery}");
        Assert.Equal($"Bearer {Some.Token}", sent.Headers["Authorization"]);
        if (request is null)
        {
            Assert.Equal(string.Empty, sent.Body);
        }
        else
        {
            JsonText.AssertEqual(request, sent.Body);
        }
    }

    public static Task<DatabricksServingException> Fails(
        VerbatimService service, Func<DatabricksManagementClient, Task> call, Action<DatabricksServingOptions>? configure = null) =>
        Assert.ThrowsAsync<DatabricksServingException>(() => call(service.Client(configure).GetManagementClient()));

    /// <summary>Moves the clock until a task ends.</summary>
    public static async Task<T> Elapse<T>(FakeClock clock, Task<T> task)
    {
        using var stop = new CancellationTokenSource();
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, clock.TimerWithin(TimeSpan.FromDays(1), stop.Token));
            if (!task.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMilliseconds(50));
            }
        }

        await stop.CancelAsync();
        return await task;
    }
}
