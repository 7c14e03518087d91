using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connectors.Databricks.AspNetCore.Tests.Docs.Code;

// <app-key-handler>
/// <summary>Checks <c>Authorization: Bearer</c> against the keys that the app issued, of which it stores the hashes.</summary>
internal sealed class AppKeyHandler(IOptionsMonitor<AppKeyOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AppKeyOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string prefix = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(header[prefix.Length..])));
        if (!Options.OwnerOfHash.TryGetValue(hash, out var owner))
        {
            return Task.FromResult(AuthenticateResult.Fail("The key is unknown."));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, owner)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}

internal sealed class AppKeyOptions : AuthenticationSchemeOptions
{
    public Dictionary<string, string> OwnerOfHash { get; } = [];
}
// </app-key-handler>
