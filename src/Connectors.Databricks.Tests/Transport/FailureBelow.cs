using System.Diagnostics;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>
/// Does something in the moment in which the framework's handler fails to send to an address, before anybody hears of the failure.
/// </summary>
internal sealed class FailureBelow : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Failed = "System.Net.Http.Exception";

    private readonly Uri _address;
    private readonly Action _act;
    private readonly IDisposable _listeners;
    private IDisposable? _events;

    public FailureBelow(Uri address, Action act)
    {
        _address = address;
        _act = act;
        _listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    public bool HasActed { get; private set; }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "HttpHandlerDiagnosticListener")
        {
            _events = value.Subscribe(this, static name => name == Failed);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is HttpRequestMessage { RequestUri: { } uri }
            && uri.Authority == _address.Authority)
        {
            HasActed = true;
            _act();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _events?.Dispose();
        _listeners.Dispose();
    }
}
