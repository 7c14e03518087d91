using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>Kills its own process when an event arrives, before the client sees it: a program has stored everything before it.</summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="atEvent">The number of the event.</param>
internal sealed partial class KillingHandler(HttpMessageHandler inner, long atEvent) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType is { MediaType: "text/event-stream" } type)
        {
            response.Content = new StreamContent(
                new Frames(new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8), atEvent));
            response.Content.Headers.ContentType = type;
        }

        return response;
    }

    // LongRunningAgentServer has it in the data of an event, and the Invocation API as its id.
    [GeneratedRegex("^id: (?<number>[0-9]+)$|\"sequence_number\":(?<number>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    /// <summary>A body that is read line by line.</summary>
    private sealed class Frames(StreamReader lines, long atEvent) : Stream
    {
        private byte[] _line = [];
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_position == _line.Length)
            {
                if (await lines.ReadLineAsync(cancellationToken) is not { } line)
                {
                    return 0;
                }

                if (Number().Match(line) is { Success: true } match
                    && long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) >= atEvent)
                {
                    Process.GetCurrentProcess().Kill();
                }

                (_line, _position) = (Encoding.UTF8.GetBytes($"{line}\n"), 0);
            }

            var count = Math.Min(buffer.Length, _line.Length - _position);
            _line.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            lines.Dispose();
            base.Dispose(disposing);
        }
    }
}
