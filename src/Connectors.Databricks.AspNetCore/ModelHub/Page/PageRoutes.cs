using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.ModelHub.Page;

/// <summary>The handlers of the page and its files.</summary>
internal sealed class PageRoutes(DatabricksModelHubOptions options)
{
    // Scripts and styles come from files of the app alone, and text never becomes markup.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private readonly ProblemHandler _problems = new(includesServiceMessages: false);
    private readonly string _template = PageFiles.Template
        .Replace("{{title}}", HtmlEncoder.Default.Encode(options.Title), StringComparison.Ordinal)
        .Replace(
            "{{interval}}", ((long)options.RefreshInterval.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal)
        .Replace("{{metrics}}", options.IncludeMetrics ? "true" : "false", StringComparison.Ordinal);

    public Task PageAsync(HttpContext context) => _problems.RunAsync(context, async () =>
    {
        CredentialQuery.Reject(context);
        var page = _template
            .Replace("{{theme}}", Theme(context), StringComparison.Ordinal)
            .Replace("{{base}}", HtmlEncoder.Default.Encode(BasePath(context)), StringComparison.Ordinal);
        AddSecurityHeaders(context.Response);
        await new ModelHubDocument(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8").SendAsync(context).ConfigureAwait(false);
    });

    public static async Task AssetAsync(HttpContext context)
    {
        if (context.Request.RouteValues["file"] is not string name || !PageFiles.All.TryGetValue(name, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        AddSecurityHeaders(context.Response);
        await file.SendAsync(context).ConfigureAwait(false);
    }

    private static void AddSecurityHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XFrameOptions = "DENY";
    }

    /// <summary>The theme that the page stored; that of the system otherwise.</summary>
    private static string Theme(HttpContext context) => context.Request.Cookies["model-hub-theme"] switch
    {
        "light" => "light",
        "dark" => "dark",
        _ => "auto",
    };

    /// <summary>The path of the page as the browser has it, so that the page works behind a proxy that adds a prefix.</summary>
    private static string BasePath(HttpContext context) =>
        (context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/');
}
