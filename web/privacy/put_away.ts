// What no policy covers and this page never uses is put away when it starts.

const kNames = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel'];

/** Calls between browsers (WebRTC) ask strangers for the own address, past every policy. */
export function putAwayCalls(): void {
  for (const name of kNames) Reflect.deleteProperty(globalThis, name);
}
