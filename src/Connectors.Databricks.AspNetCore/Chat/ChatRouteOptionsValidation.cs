using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>Rejects invalid options when the route is added.</summary>
internal static class ChatRouteOptionsValidation
{
    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    public static void Validate(DatabricksChatRouteOptions options)
    {
        var validation = new OptionsValidation(nameof(DatabricksChatRouteOptions));
        validation.Require(
            !options.UseRegisteredChatClient ||
            (options.Endpoints.Count == 0 && !options.AllowAnyEndpoint && options.ChatClientFactory is null),
            nameof(options.UseRegisteredChatClient),
            $"cannot be combined with {nameof(options.Endpoints)}, {nameof(options.AllowAnyEndpoint)} or " +
            $"{nameof(options.ChatClientFactory)}: the registered client has its endpoint");
        validation.RequireEndpoints(
            options.Endpoints, options.AllowAnyEndpoint || options.UseRegisteredChatClient, nameof(options.Endpoints),
            $"{nameof(options.AllowAnyEndpoint)} or {nameof(options.UseRegisteredChatClient)}");
        validation.RequirePositive(options.MaxOutputTokens ?? 1, nameof(options.MaxOutputTokens));
        validation.RequirePositive(options.MaxMessages, nameof(options.MaxMessages));
        validation.RequirePositive(options.MaxRequestBytes, nameof(options.MaxRequestBytes));
        validation.RequireGracePeriod(options.FirstUpdateGracePeriod, nameof(options.FirstUpdateGracePeriod));
        validation.RequireInterval(options.KeepAliveInterval, nameof(options.KeepAliveInterval));
    }
}
