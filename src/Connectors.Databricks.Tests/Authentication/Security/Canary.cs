using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Connectors.Databricks.Tests.Authentication.Security;

/// <summary>Secrets that are recognized wherever they occur: by their middle, which every encoder leaves unchanged.</summary>
internal static class Canary
{
    // None looks like a token that would be struck out for its looks.
    public const string Pat = "xCanaryPat1";
    public const string Password = "p+a/s=s&w\"o xCanaryPassword1";
    public const string ClientSecret = "c+l/i=e&n\"t\\ xCanaryClientSecret1";
    public const string AzureSecret = "a~z.u+r/e='< xCanaryAzureSecret1";
    public const string MetadataPath = "xCanaryMetadata1";
    public const string GitHubRequest = "xCanaryGitHubRequest1";
    public const string GitHubIdentity = "xCanaryGitHubIdentity1";
    public const string DevOps = "xCanaryDevOps1";
    public const string DevOpsIdentity = "xCanaryDevOpsIdentity1";
    public const string Identity = "xCanaryIdentity1";
    public const string Issued = "xCanaryIssued1";
    public const string ClientId = "some-client";

    private static readonly string[] Secrets =
    [
        Pat, Password, ClientSecret, AzureSecret, MetadataPath, GitHubRequest, GitHubIdentity, DevOps, DevOpsIdentity, Identity, Issued,
    ];

    /// <summary>What must not be found anywhere.</summary>
    private static readonly string[] Traces =
    [
        "xCanary",
        .. Secrets.Select(Base64),
        Base64($"{ClientId}:{ClientSecret}"),
        Base64($"{ClientId}:{WebUtility.UrlEncode(ClientSecret)}"),
        Base64($"user:{Password}"),
    ];

    /// <summary>The ways in which services write an echo.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> Echoes { get; } = new Dictionary<string, Func<string, string>>
    {
        ["plain"] = text => text,
        ["form"] = WebUtility.UrlEncode,
        ["address"] = Uri.EscapeDataString,
        ["json"] = JavaScriptEncoder.Default.Encode,
        ["html"] = WebUtility.HtmlEncode,
    };

    public static void IsNotIn(string? text, string place)
    {
        foreach (var trace in text is null ? [] : Traces.Where(trace => text.Contains(trace, StringComparison.OrdinalIgnoreCase)))
        {
            Assert.Fail($"'{trace}' is in {place}: {text}");
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
}
