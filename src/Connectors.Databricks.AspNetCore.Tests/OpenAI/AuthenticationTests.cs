using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Connectors.Databricks.AspNetCore.Tests.Authorization;
using Connectors.Databricks.AspNetCore.Tests.Docs.Code;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>Clients authenticate to the app, and the app to the workspace: no token crosses over.</summary>
public class AuthenticationTests
{
    private const string Question = """{"model":"support-agent","messages":[{"role":"user","content":"hi"}]}""";

    private static Task<OpenAIApp> StartAsync() => OpenAIApp.StartAsync(
        services: services =>
        {
            services.AddAuthentication("AppKey").AddScheme<AppKeyOptions, AppKeyHandler>("AppKey", options =>
                options.OwnerOfHash[Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(OpenAIApp.ClientKey)))] = "tests");
            services.AddAuthorization();
        },
        convention: routes => routes.RequireAuthorization());

    [Fact]
    public async Task A_key_of_the_app_is_accepted_and_never_forwarded()
    {
        await using var app = await StartAsync();

        Assert.Equal(200, (await app.PostAsync("chat/completions", Question)).Status);
        Assert.All(app.Emulator.Requests, request =>
        {
            Assert.Equal($"Bearer {app.Emulator.Token}", request.Headers["Authorization"]);
            Assert.DoesNotContain(request.Headers.Values.Append(request.Body), value =>
                value.Contains(OpenAIApp.ClientKey, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("chat/completions")]
    [InlineData("responses")]
    [InlineData("embeddings")]
    [InlineData("models")]
    [InlineData("models/task-agent")]
    public async Task The_token_of_the_workspace_is_not_a_key_of_the_app(string route)
    {
        await using var app = await StartAsync();
        app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.Emulator.Token);
        using var response = route.StartsWith("models", StringComparison.Ordinal)
            ? await app.Http.GetAsync(new Uri($"/v1/{route}", UriKind.Relative))
            : await app.SendAsync(route, Question);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(app.Emulator.Requests);
    }

    [Fact]
    public async Task Rate_limiting_of_the_app_applies()
    {
        await using var app = await OpenAIApp.StartAsync(
            services: services => services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = 429;
                options.AddFixedWindowLimiter("one", limiter => (limiter.PermitLimit, limiter.Window) = (1, TimeSpan.FromHours(1)));
            }),
            convention: routes => routes.RequireRateLimiting("one"),
            middleware: application => application.UseRateLimiter());

        Assert.Equal(200, (await app.PostAsync("chat/completions", Question)).Status);
        using var second = await app.SendAsync("embeddings", Question);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Theory]
    [MemberData(nameof(AuthorizationCase.All), MemberType = typeof(AuthorizationCase))]
    public async Task Routes_without_authorization_are_a_warning_at_start(string convention, bool isWarned)
    {
        using var authorization = new AuthorizationCase(convention);

        await using var app = await OpenAIApp.StartAsync(services: authorization.AddServices, convention: authorization.Apply);

        Assert.Equal(isWarned, authorization.HasWarning("/v1"));
    }
}
