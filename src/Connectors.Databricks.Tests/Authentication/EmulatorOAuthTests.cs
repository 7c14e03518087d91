using System.Globalization;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>Logging in, over real HTTP, on a clock that client and service share.</summary>
public sealed class EmulatorOAuthTests : IAsyncLifetime
{
    private const string Endpoint = "some-endpoint";

    private readonly FakeClock _clock = new();
    private DatabricksEmulator _emulator = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync(new() { TimeProvider = _clock });
        _emulator.AddChatEndpoint(Endpoint, EmulatedDialect.Llama);
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task A_service_principal_logs_in_by_its_credential()
    {
        var credential = new DatabricksServicePrincipalCredential(
            _emulator.Host, _emulator.ClientId, _emulator.ClientSecret, new() { TimeProvider = _clock });

        await Ask(Chat(options => options.Credential = credential));

        Assert.Equal((1, _emulator.OAuth.IssuedTokens[0]), (TokenRequests, (await credential.GetTokenAsync()).Value));
    }

    [Fact]
    public async Task A_service_principal_logs_in_by_settings()
    {
        await Ask(ServicePrincipal());

        Assert.Equal("client_credentials", Assert.Single(_emulator.OAuth.TokenEndpoint.Requests).Form!["grant_type"]);
    }

    [Fact]
    public async Task An_identity_token_in_a_variable_is_exchanged()
    {
        const string variable = "CONNECTOR_TESTS_IDENTITY";
        var oauth = _emulator.OAuth;
        oauth.AddServicePrincipal("builder", "unused").AddFederationPolicy("https://ci.example.com", "me");
        var machine = new IsolatedPlatform(_clock).With(variable, oauth.NewSubjectToken("https://ci.example.com", "me"));

        await Ask(Chat(
            options =>
            {
                options.Host = _emulator.Host;
                options.Authentication.AuthType = "env-oidc";
                options.Authentication.ClientId = "builder";
                options.Authentication.OidcTokenEnv = variable;
            },
            machine));

        Assert.Equal(
            ("urn:ietf:params:oauth:grant-type:token-exchange", 1),
            (oauth.TokenEndpoint.Requests[0].Form!["grant_type"], oauth.IssuedTokens.Count));
    }

    [Fact]
    public async Task A_revoked_token_is_replaced_and_the_call_succeeds()
    {
        var chat = ServicePrincipal();
        await Ask(chat);
        _emulator.OAuth.RevokeTokens();

        await Ask(chat);

        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public async Task A_hundred_first_calls_make_one_token_request()
    {
        var chat = ServicePrincipal();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Ask(chat)));

        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public async Task No_call_of_two_thousand_is_lost_when_tokens_expire_in_between()
    {
        var chat = ServicePrincipal();
        var answered = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(1, 2_000),
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (call, _) =>
            {
                // Past the end at once, into the renewal window, and over the last 40 seconds, while other calls are under way.
                _clock.Advance(TimeSpan.FromMinutes(call switch { 500 => 61, 900 => 45, 1_000 => 14.5, 1_500 => 59.5, _ => 0 }));
                await Ask(chat);
                Interlocked.Increment(ref answered);
            }).WaitAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(2_000, answered);
        Assert.InRange(TokenRequests, 4, 6);
    }

    private int TokenRequests => _emulator.OAuth.TokenEndpoint.Requests.Count;

    private static async Task Ask(IChatClient chat)
    {
        var answer = await chat.GetResponseAsync("What is 6 * 7?");
        Assert.Contains(42.ToString(CultureInfo.InvariantCulture), answer.Text, StringComparison.Ordinal);
    }

    private IChatClient ServicePrincipal() => Chat(options =>
    {
        options.Host = _emulator.Host;
        options.Authentication.AuthType = "oauth-m2m";
        options.Authentication.ClientId = _emulator.ClientId;
        options.Authentication.ClientSecret = _emulator.ClientSecret;
    });

    private IChatClient Chat(Action<DatabricksServingOptions> configure, IsolatedPlatform? machine = null)
    {
        var options = new DatabricksServingOptions { TimeProvider = _clock, Resilience = { Retry = null, TotalRequestTimeout = null } };
        configure(options);
        return new DatabricksServingClient(options, machine ?? new IsolatedPlatform(_clock)).GetChatClient(Endpoint);
    }
}
