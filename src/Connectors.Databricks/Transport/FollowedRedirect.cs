using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The redirect of an app to its login, when the HTTP client of the caller has followed it: the page of the login, or the error of its
/// address, is no response of the app.
/// </summary>
internal static class FollowedRedirect
{
    private const string LoginPath = "/oidc/";

    /// <summary>Returns the redirect in place of what it led to; any other response as it is.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">The request, which a client that follows a redirect changes.</param>
    /// <param name="response">The response.</param>
    public static HttpResponseMessage Undo(ServingCall call, HttpRequestMessage request, HttpResponseMessage response)
    {
        if (!call.IsApp || request.RequestUri is not { } address || address == call.Uri
            || (request.Method == call.Method && !address.AbsolutePath.StartsWith(LoginPath, StringComparison.Ordinal)))
        {
            return response;
        }

        response.Dispose();
        return new HttpResponseMessage(HttpStatusCode.Found) { RequestMessage = request };
    }
}
