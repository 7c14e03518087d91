using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Authentication.Security;

/// <summary>
/// Every authentication type, with recognizable secrets, through success and every kind of failure: none is in a log, an
/// exception, an activity, a metric or the text of an object.
/// </summary>
public class CanaryTests
{
    public static TheoryData<string, string> Everything
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var logIn in CanaryLogIn.All)
            {
                foreach (var trouble in Trouble.Names)
                {
                    rows.Add(logIn.ToString(), trouble);
                }
            }

            return rows;
        }
    }

    public static TheoryData<string> LogIns => [.. CanaryLogIn.All.Select(logIn => logIn.ToString())];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task No_secret_leaves_when_logging_in_fails(string logIn, string trouble)
    {
        foreach (var service in CanaryLogIn.Of(logIn).Services.DefaultIfEmpty("none"))
        {
            foreach (var isForced in new[] { true, false })
            {
                await Talk(CanaryLogIn.Of(logIn).Machine(service, worksFirst: false, new Trouble(trouble), isForced));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task No_secret_leaves_when_a_renewal_fails(string logIn, string trouble)
    {
        foreach (var service in CanaryLogIn.Of(logIn).Services.DefaultIfEmpty("none"))
        {
            await Talk(CanaryLogIn.Of(logIn).Machine(service, worksFirst: true, new Trouble(trouble), isForced: true));
        }
    }

    [Theory]
    [MemberData(nameof(LogIns))]
    public async Task The_secrets_do_what_they_are_for_when_nothing_fails(string logIn)
    {
        var machine = CanaryLogIn.Of(logIn).Machine(failing: null, worksFirst: true, new Trouble("plain"), isForced: true);
        var sent = await Talk(machine);

        // Otherwise no telemetry would be recorded.
        var cannotWork = logIn is "pat that cannot be sent" or "env-oidc of two words";
        Assert.Equal(!cannotWork, sent.Any(request => request.Headers["Authorization"] is { Length: > 8 }));
    }

    // A chat, a report, a renewal ahead, a forced renewal, and a look at every object.
    private static async Task<IReadOnlyList<VerbatimService.SentRequest>> Talk(FakePlatform machine)
    {
        using var recorder = new OutputRecorder();
        using var end = new CancellationTokenSource();
        var turning = Turn(machine.Clock, end.Token);
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = new DatabricksServingOptions
        {
            HttpClient = new HttpClient(service, disposeHandler: false),
            LoggerFactory = recorder.Log,
            TimeProvider = machine.Clock,
            Resilience = { Retry = null },
        };
        try
        {
            var client = new DatabricksServingClient(options, machine);
            await Try(recorder, () => client.GetChatClient(VerbatimService.EndpointName).GetResponseAsync(Some.Question()));
            var report = await client.DescribeAuthenticationAsync();
            recorder.HearProperties(report);
            recorder.HearObjects(client);
        }
        catch (DatabricksCredentialException exception)
        {
            recorder.Record(exception);
        }

        await TalkToTheCredential(machine, recorder);
        recorder.HearProperties(options);
        recorder.HearObjects(options);
        recorder.FindsNothing();
        await end.CancelAsync();
        await turning;
        return service.Sent;
    }

    // The half second after which the file of Model Serving is read again; nothing else waits so short.
    private static async Task Turn(FakeClock clock, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await clock.TimerDueIn(TimeSpan.FromSeconds(0.5), end);
                clock.Advance(TimeSpan.FromSeconds(0.5));
            }
        }
        catch (OperationCanceledException)
        {
            // The conversation is over.
        }
    }

    private static async Task TalkToTheCredential(FakePlatform machine, OutputRecorder recorder)
    {
        var settings = SettingsResolver.Resolve([], hasCredential: false, machine);
        var credential = new UnifiedCredential(settings, machine, recorder.Log.CreateLogger("canary"));
        recorder.HearProperties(settings.Shown);
        var token = await Try(recorder, () => credential.GetTokenAsync().AsTask());
        recorder.Record("a token", token.ToString());
        machine.Clock.Advance(TimeSpan.FromMinutes(45));
        await Try(recorder, () => credential.GetTokenAsync().AsTask());
        await Try(recorder, async () =>
        {
            await (credential.Selection?.Tokens.Renewal() ?? Task.CompletedTask).WaitAsync(TimeSpan.FromSeconds(30));
            return 0;
        });
        if (token.Value is not null)
        {
            await Try(recorder, () => credential.RefreshTokenAsync(token).AsTask());
        }

        await Try(recorder, () => credential.GetHostAsync(CancellationToken.None).AsTask());
        recorder.HearObjects(credential);
    }

    private static async Task<T?> Try<T>(OutputRecorder recorder, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception)
        {
            // Whatever it is, it must be ours, and must have no secret.
            Assert.True(exception is DatabricksCredentialException or DatabricksServingException, exception.ToString());
            recorder.Record(exception);
            return default;
        }
    }
}
