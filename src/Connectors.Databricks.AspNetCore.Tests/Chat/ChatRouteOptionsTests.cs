using Microsoft.AspNetCore.Builder;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

public class ChatRouteOptionsTests
{
    public static TheoryData<string, Action<DatabricksChatRouteOptions>> Invalid => new()
    {
        { nameof(DatabricksChatRouteOptions.Endpoints), options => options.AllowAnyEndpoint = false },
        { nameof(DatabricksChatRouteOptions.Endpoints), options => options.Endpoints.Add(" ") },
        { nameof(DatabricksChatRouteOptions.UseRegisteredChatClient), options => options.UseRegisteredChatClient = true },
        { nameof(DatabricksChatRouteOptions.MaxOutputTokens), options => options.MaxOutputTokens = 0 },
        { nameof(DatabricksChatRouteOptions.MaxMessages), options => options.MaxMessages = 0 },
        { nameof(DatabricksChatRouteOptions.MaxRequestBytes), options => options.MaxRequestBytes = -1 },
        { nameof(DatabricksChatRouteOptions.FirstUpdateGracePeriod), options => options.FirstUpdateGracePeriod = TimeSpan.FromSeconds(-2) },
        { nameof(DatabricksChatRouteOptions.FirstUpdateGracePeriod), options => options.FirstUpdateGracePeriod = TimeSpan.FromTicks(1) },
        { nameof(DatabricksChatRouteOptions.KeepAliveInterval), options => options.KeepAliveInterval = TimeSpan.Zero },
        { nameof(DatabricksChatRouteOptions.KeepAliveInterval), options => options.KeepAliveInterval = TimeSpan.FromMicroseconds(1) },
        { nameof(DatabricksChatRouteOptions.KeepAliveInterval), options => options.KeepAliveInterval = TimeSpan.MaxValue },
    };

    [Theory, MemberData(nameof(Invalid))]
    public async Task An_invalid_option_is_named_when_the_route_is_added(string option, Action<DatabricksChatRouteOptions> configure)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<ArgumentException>(() => app.MapDatabricksChat("/chat", options =>
        {
            options.AllowAnyEndpoint = true;
            configure(options);
        }));

        Assert.Contains($"DatabricksChatRouteOptions.{option} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_after_the_route_was_added_have_no_effect()
    {
        DatabricksChatRouteOptions? kept = null;
        await using var app = await ChatApp.StartAsync(options => (kept = options).Endpoints.Add(ChatApp.Model));
        kept!.Endpoints.Add("databricks-gpt-5");
        kept.AllowAnyEndpoint = true;

        Assert.Equal(
            404, (await app.PostAsync("/chat", """{"endpoint":"databricks-gpt-5","messages":[{"role":"user","content":"hi"}]}""")).Status);
    }
}
